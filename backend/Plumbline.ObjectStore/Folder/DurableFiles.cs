using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.ObjectStore.Folder;

/// <summary>Creating, renaming and deleting files so that a loss of power does not undo it: the entry of the folder is flushed too.</summary>
internal sealed partial class DurableFiles
{
    private readonly ConcurrentDictionary<string, bool> _knownFolders = new(StringComparer.Ordinal);

    /// <summary>Creates the folder and those above it that are missing.</summary>
    public void EnsureFolder(string folder)
    {
        if (_knownFolders.ContainsKey(folder)) return;
        if (!Directory.Exists(folder))
        {
            var parent = Path.GetDirectoryName(folder)!;
            EnsureFolder(parent);
            Directory.CreateDirectory(folder);
            FlushFolder(parent);
        }
        _knownFolders[folder] = true;
    }

    public void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        ConfirmChange(Path.GetDirectoryName(to)!);
    }

    public void Delete(string path)
    {
        File.Delete(path);
        ConfirmChange(Path.GetDirectoryName(path)!);
    }

    /// <summary>Deletes a folder and those in it, unless there is a file in one of them.</summary>
    public void DeleteEmptyFolders(string folder)
    {
        foreach (var inner in Directory.GetDirectories(folder)) DeleteEmptyFolders(inner);
        if (Directory.EnumerateFileSystemEntries(folder).Any()) return;
        _knownFolders.TryRemove(folder, out _);
        Directory.Delete(folder);
    }

    // What everybody can see already must not be reported as if it had not been done.
    private void ConfirmChange(string folder)
    {
        try
        {
            FlushFolder(folder);
        }
        catch (IOException e)
        {
            throw new UnconfirmedException(e);
        }
    }

    /// <summary>Flushes what a file holds, and of what is known about it only what reading it back needs: where nothing but bytes changed,
    /// the file system's journal is left alone.</summary>
    public static void FlushData(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        if (FDataSync(file) != 0) throw Failure(path);
    }

    /// <summary>Flushes the entries of a folder. Windows journals them by itself and offers no such call.</summary>
    public void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, OpenReadOnly);
        if (descriptor < 0) throw Failure(folder);
        try
        {
            if (FSync(descriptor) != 0) throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(errno)} : '{folder}'", errno);
    }

    private const int OpenReadOnly = 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Close(int descriptor);
}
