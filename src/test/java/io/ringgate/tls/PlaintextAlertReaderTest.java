package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaintextAlertReaderTest {

    @ParameterizedTest
    @CsvSource({
        "15030300020230, CLIENT_REFUSED_CERTIFICATE",
        "14030300010115030300020230, CLIENT_REFUSED_CERTIFICATE",
        "1503010002022a, CLIENT_REFUSED_CERTIFICATE",
        "15030300020246, NO_COMMON_VERSION",
        "15030300020128, ",
        "15030300020228, ",
        "030300020230, ",
        "1503030002023000, ",
        "17030300020230, "
    })
    void the_last_record_is_read_when_it_is_an_alert_and_everything_goes_on(String hex, HandshakeFault fault) {
        List<Object> events = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new PlaintextAlertReader(), new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                events.add(event);
            }
        });
        byte[] bytes = HexFormat.of().parseHex(hex);

        channel.writeInbound(Unpooled.wrappedBuffer(bytes));

        assertThat(events).isEqualTo(fault == null ? List.of() : List.of(fault));
        ByteBuf passed = channel.readInbound();
        assertThat(passed.readableBytes()).isEqualTo(bytes.length);
        passed.release();
        channel.finish();
    }
}
