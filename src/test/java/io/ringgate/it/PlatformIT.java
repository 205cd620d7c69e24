package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.RecordingLeakDetector;
import io.ringgate.testing.TestGateway;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was asked for native sockets and BoringSSL has them, and the portable one has neither. */
class PlatformIT {

    private static final boolean PORTABLE = "portable".equals(System.getProperty("ringgate.it.platform"));

    @Test
    void the_platform_is_the_one_that_was_asked_for(@TempDir Path folder) throws Exception {
        // Other tests of this JVM may have left objects of these classes: those that this connection adds count.
        Map<String, Long> before = liveObjects();
        try (TestGateway gateway =
                        TestGateway.in(folder).edge("berlin", "team-a").start();
                RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);

            // A live object of a class shows its use; the client's socket is of another class.
            Map<String, Long> now = liveObjects();
            assertThat(more(before, now, "io.netty.channel.epoll.EpollSocketChannel"))
                    .isEqualTo(!PORTABLE);
            assertThat(more(before, now, "io.netty.channel.socket.nio.NioSocketChannel"))
                    .isEqualTo(PORTABLE);
            assertThat(more(before, now, "io.netty.handler.ssl.OpenSslEngine")
                            || more(before, now, "io.netty.handler.ssl.ReferenceCountedOpenSslEngine"))
                    .isEqualTo(!PORTABLE);
            assertThat(more(before, now, "sun.security.ssl.SSLEngineImpl")).isEqualTo(PORTABLE);
        }
    }

    private static boolean more(Map<String, Long> before, Map<String, Long> now, String name) {
        return now.getOrDefault(name, 0L) > before.getOrDefault(name, 0L);
    }

    @Test
    void every_buffer_is_followed() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class, 1))
                .isInstanceOf(RecordingLeakDetector.class);
    }

    /** How many objects of each class are left after a collection. */
    private static Map<String, Long> liveObjects() throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        Map<String, Long> objects = new HashMap<>();
        // num: instances bytes class (module)
        Matcher line =
                Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)").matcher(histogram.toString());
        while (line.find()) {
            objects.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
        }
        return objects;
    }
}
