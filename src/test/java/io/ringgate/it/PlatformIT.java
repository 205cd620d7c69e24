package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.RecordingLeakDetector;
import io.ringgate.testing.TestGateway;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was asked for native sockets and BoringSSL has them, and the portable one has neither. */
class PlatformIT {

    private static final boolean PORTABLE = "portable".equals(System.getProperty("ringgate.it.platform"));

    @Test
    void the_platform_is_the_one_that_was_asked_for(@TempDir Path folder) throws Exception {
        try (TestGateway gateway =
                        TestGateway.in(folder).edge("berlin", "team-a").start();
                RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);

            // A live object of a class is proof of its use; the client's socket is of another class.
            String objects = liveObjects();
            assertThat(objects.contains("io.netty.channel.epoll.EpollSocketChannel "))
                    .isEqualTo(!PORTABLE);
            assertThat(objects.contains("io.netty.channel.socket.nio.NioSocketChannel "))
                    .isEqualTo(PORTABLE);
            assertThat(objects.contains("io.netty.handler.ssl.OpenSslEngine ")
                            || objects.contains("io.netty.handler.ssl.ReferenceCountedOpenSslEngine "))
                    .isEqualTo(!PORTABLE);
            assertThat(objects.contains("sun.security.ssl.SSLEngineImpl ")).isEqualTo(PORTABLE);
        }
    }

    @Test
    void every_buffer_is_followed() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class, 1))
                .isInstanceOf(RecordingLeakDetector.class);
    }

    /** One line for each class that has objects, each class followed by a blank. */
    private static String liveObjects() throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram.toString().replace("\n", " \n");
    }
}
