namespace Plumbline.ObjectStore.Tests.Folder;

public sealed class KillTests : KillConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IReadOnlyList<string> Where => [_folder.Path];

    protected override Task<IObjectStore> OpenAsync() => Task.FromResult<IObjectStore>(_folder.OpenStore());

    public void Dispose() => _folder.Dispose();
}
