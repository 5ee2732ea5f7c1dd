using Plumbline.ObjectStore.Tests;

namespace Plumbline.ObjectStore.Azure.Tests;

public sealed class AzureObjectStoreTests(Emulator emulator) : ObjectStoreConformance
{
    protected override async Task<IObjectStore> CreateStoreAsync() => await AzureObjectStore.OpenAsync(emulator.Options());
}
