namespace Plumbline.ObjectStore.Tests.Memory;

public sealed class MemoryObjectStoreTests : ObjectStoreConformance
{
    protected override Task<IObjectStore> CreateStoreAsync() => Task.FromResult<IObjectStore>(new MemoryObjectStore());
}
