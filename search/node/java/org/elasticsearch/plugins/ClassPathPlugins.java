package org.elasticsearch.plugins;

import java.util.List;
import java.util.ServiceLoader;

import org.elasticsearch.Build;
import org.elasticsearch.action.admin.cluster.node.info.PluginsAndModules;
import org.elasticsearch.env.Environment;

/**
 * Plugins that are simply on the class path, instead of in a folder with a descriptor and a class loader of their own.
 *
 * <p>It stands in this package because {@link LoadedPlugin} is visible only here.
 */
public final class ClassPathPlugins extends PluginsService {
    private final List<LoadedPlugin> loaded;

    public ClassPathPlugins(Environment environment, PluginsLoader loader, List<Class<? extends Plugin>> plugins) {
        super(environment.settings(), environment.configDir(), loader);
        this.loaded = plugins.stream().map(plugin -> load(plugin, environment)).toList();
    }

    private static LoadedPlugin load(Class<? extends Plugin> plugin, Environment environment) {
        Plugin instance = loadPlugin(plugin, environment.settings(), environment.configDir());
        return new LoadedPlugin(describe(plugin), instance, plugin.getClassLoader());
    }

    private static PluginDescriptor describe(Class<? extends Plugin> plugin) {
        return new PluginDescriptor(
            plugin.getSimpleName(),
            "on the class path",
            Build.current().version(),
            Build.current().version(),
            Integer.toString(Runtime.version().feature()),
            plugin.getName(),
            null,
            List.of(),
            false,
            false,
            false,
            false
        );
    }

    @Override
    protected List<LoadedPlugin> plugins() {
        return loaded;
    }

    @Override
    public PluginsAndModules info() {
        List<PluginRuntimeInfo> described = loaded.stream()
            .map(plugin -> new PluginRuntimeInfo(plugin.descriptor()))
            .toList();
        return new PluginsAndModules(described, List.of());
    }

    /** Each provider once: all plugins share one class loader, so asking it per plugin would repeat every provider. */
    @Override
    public <T> List<? extends T> loadServiceProviders(Class<T> service) {
        return ServiceLoader.load(service, getClass().getClassLoader())
            .stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    }
}
