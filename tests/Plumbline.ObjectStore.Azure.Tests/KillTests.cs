using Plumbline.ObjectStore.Tests;

namespace Plumbline.ObjectStore.Azure.Tests;

public sealed class KillTests(Emulator emulator) : KillConformance
{
    private readonly AzureObjectStoreOptions _options = emulator.Options();

    protected override IReadOnlyList<string> Where => [_options.ConnectionString!, _options.Container];

    protected override int Step => 5; // each is some ten requests

    protected override async Task<IObjectStore> OpenAsync() => await AzureObjectStore.OpenAsync(_options);
}
