namespace Plumbline.ObjectStore.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plumbline-store-").FullName;

    public FolderObjectStore OpenStore() => FolderObjectStore.Open(new FolderObjectStoreOptions { Root = Path });

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
