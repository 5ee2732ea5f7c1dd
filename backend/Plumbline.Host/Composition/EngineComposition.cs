using Microsoft.AspNetCore.DataProtection;
using Plumbline.Features.Grains;
using Plumbline.Features.Storage;
using Plumbline.Host.Clustering;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Composition;

/// <summary>What the product stands on: the object store, the grains, sealed secrets.</summary>
internal static class EngineComposition
{
    public static void AddEngines(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        if (options.Cluster.IsOn) builder.AddClusterNode(options);
        else builder.AddLoneServer(options);
    }

    private static void AddLoneServer(this WebApplicationBuilder builder, ServerOptions options)
    {
        var folder = Path.GetFullPath(options.Data);
        builder.Services.AddSingleton(_ => FolderObjectStore.Open(new FolderObjectStoreOptions { Root = Path.Combine(folder, "objects") }));
        builder.Services.AddSingleton<IObjectStore>(services => services.GetRequiredService<FolderObjectStore>());
        builder.Services.AddStorage();
        builder.Services.AddDataProtection()
            .SetApplicationName("plumbline")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        builder.UseOrleans(silo => silo.UseGrainRules().UseLoneSilo());
    }
}
