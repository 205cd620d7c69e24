package io.ringgate.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system's signals do. The JDK's own shutdown hooks cannot tell one signal from another, and SIGHUP would end the
 * process. The one way to a signal is {@code sun.misc.Signal}, which the JDK keeps for this; it is reached by name, because
 * the compiler warns of every mention and has no switch for that.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** Runs the action whenever the signal comes, on a thread of the JVM's own. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.invoke(action, arguments);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            LOG.atWarn()
                    .addKeyValue("signal", "SIG" + name)
                    .setCause(e)
                    .log("signal handler not installed, the default action stays");
        }
    }
}
