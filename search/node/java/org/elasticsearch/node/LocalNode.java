package org.elasticsearch.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ClassPathPlugins;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;
import org.elasticsearch.transport.netty4.Netty4Plugin;

import portal.distribution.DistributionPlugin;

/**
 * Runs one Elasticsearch node from a plain class path, for development and tests.
 *
 * <p>Arguments are settings, {@code name=value} each, as in elasticsearch.yml; {@code path.home} is required. The node
 * lives as long as its standard input stays open: when the parent closes it, or dies, the node shuts down in order.
 *
 * <p>It stands in this package because the parts it puts together ({@link NodeConstruction},
 * {@link NodeServiceProvider}) are visible only here.
 */
public final class LocalNode extends Node {
    private static final long SHUTDOWN_SECONDS = 20;

    private LocalNode(Environment environment) {
        super(NodeConstruction.prepareConstruction(environment, noBundles(), new ClassPathServices(), false));
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = parse(arguments);
        LogConfigurator.configureWithoutConfig(settings);
        LogConfigurator.configureESLogging();
        Environment environment = environment(settings);

        LocalNode node = new LocalNode(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(node::shutDown, "shut-down"));
        node.start();
        waitForEndOfInput();
        System.exit(0);
    }

    private static Settings parse(String[] arguments) {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("A setting is name=value, not [" + argument + "]");
            }
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return settings.build();
    }

    private static Environment environment(Settings settings) throws IOException {
        Path configuration = Path.of(Environment.PATH_HOME_SETTING.get(settings), "config");
        Files.createDirectories(configuration);
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), configuration, () -> "local");
        Files.createDirectories(environment.logsDir());
        return environment;
    }

    private static PluginsLoader noBundles() {
        return PluginsLoader.createPluginsLoader(Set.of(), Set.of(), Map.of(), false);
    }

    private static void waitForEndOfInput() throws IOException {
        while (System.in.read() != -1) {
            // The parent has nothing to say: only the end of the stream matters.
        }
    }

    private void shutDown() {
        try {
            prepareForClose();
            close();
            awaitClose(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (IOException exception) {
            System.err.println("The node did not close in order: " + exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class ClassPathServices extends NodeServiceProvider {
        @Override
        PluginsService newPluginService(Environment environment, PluginsLoader loader) {
            return new ClassPathPlugins(environment, loader, List.of(Netty4Plugin.class, DistributionPlugin.class));
        }
    }
}
