using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Sealing;

/// <summary>Secrets that one node seals and every other opens.</summary>
internal static class SealingComposition
{
    public static void AddSealing(this WebApplicationBuilder builder, IReadOnlyList<byte[]> masterKeys)
    {
        builder.Services.AddSingleton(new MasterKeys(masterKeys));
        builder.Services.AddDataProtection().SetApplicationName("plumbline");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IObjectStore, MasterKeys>((options, store, keys) =>
            (options.XmlRepository, options.XmlEncryptor) = (new ObjectStoreKeys(store), new MasterKeyEncryptor(keys)));
    }
}
