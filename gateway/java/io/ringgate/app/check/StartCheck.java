package io.ringgate.app.check;

import io.ringgate.app.ConfiguredListeners;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.app.ReceiverSetup;
import io.ringgate.app.StartProblem;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.HostPort;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.tls.TlsEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a start would refuse: all files are read and everything that can fail is made, as a start does, then it is
 * dropped. The listeners' addresses are asked for without listening; one that is in use is skipped, since the
 * gateway that is checked may be running.
 */
public final class StartCheck {

    private final Problems problems;
    private final SourcePosition gateway;

    private StartCheck(Problems problems, SourcePosition gateway) {
        this.problems = problems;
        this.gateway = gateway;
    }

    /**
     * Adds what is found and was not told before.
     *
     * @param file ringgate.yaml itself
     * @param machine the memory of the container or machine
     * @param heap the largest heap of this process
     */
    public static void check(GatewayConfig config, Path file, long machine, long heap, Problems problems) {
        StartCheck check = new StartCheck(problems, SourcePosition.ofFile(file));
        try {
            var _ = MemoryPlan.of(config.settings().memoryBudget(), machine, heap);
        } catch (StartProblem e) {
            check.refused(e.sentence());
        }
        check.addresses(config);
        // What is wrong with files is reported already, with a better message and its line.
        if (!problems.hasErrors()) {
            check.rehearse(config);
        }
    }

    private void rehearse(GatewayConfig config) {
        TlsEngine engine = Platform.best().engine();
        try {
            ActiveConfiguration first = ConfigFiles.all(config);
            var _ = new ConfiguredListeners(engine).prepare(null, first);
            var _ = ReceiverSetup.secured(first, engine);
        } catch (UnitProblem e) {
            e.sentences().forEach(this::refused);
        }
    }

    private void addresses(GatewayConfig config) {
        List<HostPort> asked = new ArrayList<>(config.settings().listeners().stream()
                .map(ListenerConfig::address)
                .toList());
        asked.add(config.settings().admin().address());
        List<Socket> held = new ArrayList<>();
        List<HostPort> had = new ArrayList<>();
        try {
            for (HostPort address : asked) {
                Socket socket = new Socket();
                held.add(socket);
                ask(socket, address, had);
                had.add(address);
            }
        } finally {
            held.forEach(StartCheck::close);
        }
    }

    private void ask(Socket socket, HostPort address, List<HostPort> had) {
        try {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (IOException | IllegalArgumentException refusal) {
            String words = String.valueOf(refusal.getMessage());
            if (!words.toLowerCase(Locale.ROOT).contains("address already in use")) {
                refused("the address " + address + " cannot be listened on: " + words + ": write one of this machine");
            } else if (had.stream().anyMatch(other -> other.port() == address.port() && address.port() != 0)) {
                refused("the address " + address + " is taken by another listener of this file: write another port");
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It was asked for and is given back.
        }
    }

    private void refused(String sentence) {
        problems.error(gateway, sentence);
    }
}
