using System.Diagnostics;

namespace Plumbline.ObjectStore.Tests.Folder;

/// <summary>On a real small file system, where this user may mount one.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    public async ValueTask InitializeAsync() =>
        _mounted = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (_mounted) await RunAsync("umount", _folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task FullDisk_RefusesByNameAndRecovers()
    {
        if (!_mounted) Assert.Skip("Mounting a small file system needs root on Linux.");
        using var store = _folder.OpenStore();
        await using var log = await store.OpenAppendAsync("log");
        var length = await log.AppendAsync(new byte[1000]);
        await store.PutAsync("filler", new byte[200_000]);

        var appending = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await log.AppendAsync(new byte[100_000]));
        var putting = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.PutAsync("other", new byte[100_000]));

        Assert.Equal((StorageFault.Full, StorageFault.Full), (appending.Fault, putting.Fault));
        Assert.Equal(length, (await store.GetAsync("log"))!.Content.Length);
        Assert.Null(await store.GetAsync("other"));
        await store.DeleteAsync("filler");
        Assert.Equal(length + 100_000, await log.AppendAsync(new byte[100_000]));
        await store.PutAsync("other", new byte[50_000]);
    }

    [Fact]
    public async Task ReadOnlyDisk_RefusesByNameAndRecovers()
    {
        if (!_mounted) Assert.Skip("Mounting a small file system needs root on Linux.");
        using var store = _folder.OpenStore();
        await store.PutAsync("old", new byte[10]);
        store.Dispose();
        await RunAsync("mount", "-o", "remount,ro", _folder.Path);
        using var again = _folder.OpenStore();
        Assert.Equal(10, (await again.GetAsync("old"))!.Content.Length);
        var putting = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await again.PutAsync("new", new byte[10]));
        var appending = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await again.AppendAsync("log", new byte[10], null));
        var deleting = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await again.DeleteAsync("old"));
        Assert.Equal([StorageFault.ReadOnly, StorageFault.ReadOnly, StorageFault.ReadOnly], [putting.Fault, appending.Fault, deleting.Fault]);
        Assert.Throws<StorageLockedException>(_folder.OpenStore);
        await RunAsync("mount", "-o", "remount,rw", _folder.Path);
        await again.PutAsync("new", new byte[10]);
        Assert.Equal(10, await again.AppendAsync("log", new byte[10], null));
        Assert.Throws<StorageLockedException>(_folder.OpenStore);
    }

    [Fact]
    public async Task Open_FullDisk_ReadsAndWritesAsSoonAsThereIsSpace()
    {
        if (!_mounted) Assert.Skip("Mounting a small file system needs root on Linux.");
        using (var store = _folder.OpenStore()) await store.PutAsync("old", new byte[10]);
        var filler = System.IO.Path.Combine(_folder.Path, "filler");
        Fill(filler);
        using var again = _folder.OpenStore();
        Assert.Equal(10, (await again.GetAsync("old"))!.Content.Length);
        var putting = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await again.PutAsync("new", new byte[10]));
        Assert.Equal(StorageFault.Full, putting.Fault);
        File.Delete(filler);
        await again.PutAsync("new", new byte[10]);
        Assert.Equal(10, (await again.GetAsync("new"))!.Content.Length);
    }

    [Fact]
    public async Task Open_NewFolderOnAReadOnlyDisk_IsRefused()
    {
        if (!_mounted) Assert.Skip("Mounting a small file system needs root on Linux.");
        await RunAsync("mount", "-o", "remount,ro", _folder.Path);
        var failure = Assert.Throws<StorageUnavailableException>(_folder.OpenStore);
        Assert.Equal(StorageFault.ReadOnly, failure.Fault);
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 64 * 1024; size > 0;)
        {
            try
            {
                file.Write(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
