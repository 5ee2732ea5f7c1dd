using System.Text;

namespace Plumbline.ObjectStore.Folder;

/// <summary>Keeps a second process out of the folder. The operating system frees the lock when its process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _lock;

    private FolderLock(FileStream held) => _lock = held;

    public static FolderLock Take(FolderPaths paths, TimeProvider clock)
    {
        try
        {
            var held = OpenLock(paths);
            WriteHolder(paths, clock);
            return new FolderLock(held);
        }
        catch (IOException) when (IsHeld(paths))
        {
            throw new StorageLockedException(paths.Root, Holder(paths));
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(paths.Root, e);
        }
    }

    // A lock can be held on a medium that takes no writes, if it has been held there before.
    private static FileStream OpenLock(FolderPaths paths)
    {
        try
        {
            return new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (IoFaults.IsPassing(e) && File.Exists(paths.Lock))
        {
            return new FileStream(paths.Lock, FileMode.Open, FileAccess.Read, FileShare.None);
        }
    }

    private static void WriteHolder(FolderPaths paths, TimeProvider clock)
    {
        try
        {
            File.WriteAllText(paths.Holder, $"process {Environment.ProcessId} on {Environment.MachineName} since {clock.GetUtcNow():u}", Encoding.UTF8);
        }
        catch (Exception e) when (IoFaults.IsPassing(e))
        {
            // The lock counts; this only tells whoever finds it taken.
        }
    }

    private static bool IsHeld(FolderPaths paths)
    {
        if (!File.Exists(paths.Lock)) return false;
        try
        {
            using var probe = new FileStream(paths.Lock, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Holder(FolderPaths paths)
    {
        try
        {
            return File.ReadAllText(paths.Holder, Encoding.UTF8) is { Length: > 0 } holder ? holder : "another process";
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            return "another process";
        }
    }

    public void Dispose() => _lock.Dispose();
}
