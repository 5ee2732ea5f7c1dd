using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Plumbline.ObjectStore.Folder;

namespace Plumbline.ObjectStore;

/// <summary>The contract of <see cref="IObjectStore"/> over a folder of a local disk that flushes what it is told to flush and keeps time stamps to 100 ns
/// (ext4, xfs, btrfs, zfs, APFS, NTFS). Puts go to a temporary file that is flushed and renamed; appends share flushes.</summary>
public sealed class FolderObjectStore : IObjectStore, IDisposable
{
    private readonly Dictionary<string, AppendFile> _appendFiles = new(StringComparer.Ordinal);
    private readonly FolderPaths _paths;
    private readonly FolderLock _lock;
    private readonly UniqueTime _time;
    private readonly Lock _preparing = new();
    private volatile bool _isPrepared;
    private long _temporaries;

    private FolderObjectStore(FolderPaths paths, FolderLock held, TimeProvider clock) => (_paths, _lock, _time) = (paths, held, new UniqueTime(clock));

    internal NameLocks Locks { get; } = new();

    internal DurableFiles Files { get; } = new();

    /// <summary>Opens the folder, creating it when it is missing, and removes what a crash left half-written. A folder that was used before
    /// opens on a full or read-only medium too: it can be read then, and written as soon as the medium takes writes.</summary>
    /// <exception cref="StorageLockedException">Another process uses it.</exception>
    /// <exception cref="StorageUnavailableException">It is new and cannot be written, or its file system keeps only coarse times.</exception>
    public static FolderObjectStore Open(FolderObjectStoreOptions options)
    {
        var paths = new FolderPaths(Path.GetFullPath(options.Root));
        try
        {
            Directory.CreateDirectory(paths.Root);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(paths.Root, e);
        }
        var isNew = !File.Exists(paths.Lock);
        var held = FolderLock.Take(paths, options.Clock);
        try
        {
            var store = new FolderObjectStore(paths, held, options.Clock);
            store.EnsurePrepared();
            return store;
        }
        catch (Exception e) when (!isNew && IoFaults.IsPassing(e))
        {
            return new FolderObjectStore(paths, held, options.Clock);
        }
        catch (Exception e)
        {
            held.Dispose();
            if (IoFaults.IsIo(e)) throw IoFaults.Unavailable(paths.Root, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        await OffTurn(cancellationToken);
        using var file = OpenRead(name, _paths.ToPath(name));
        if (file is null) return null;
        var (length, etag) = (RandomAccess.GetLength(file), FileTag.Of(file));
        var content = GC.AllocateUninitializedArray<byte>(checked((int)length));
        var read = ReadFully(name, file, 0, content);
        return new StoredObject(read == content.Length ? content : content[..read], etag);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ObjectName.Validate(name);
        await OffTurn(cancellationToken);
        using var file = OpenRead(name, _paths.ToPath(name)) ?? throw new ObjectNotFoundException(name);
        return ReadFully(name, file, offset, destination.Span);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = Find(name);
        return ValueTask.FromResult(file.Exists ? FileTag.Properties(name, file) : null);
    }

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default,
        CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        await OffTurn(cancellationToken);
        using var held = await Locks.EnterAsync(name, cancellationToken).ConfigureAwait(false);
        var path = _paths.ToPath(name);
        await MakeRoomAsync(name, path).ConfigureAwait(false);
        try
        {
            return Put(name, path, content, condition);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(name, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var file = Use(name);
            try
            {
                return await file.RunAsync(AppendWork.Append(name, buffers, expectedLength, cancellationToken)).ConfigureAwait(false);
            }
            catch (AppendConflictException) when (file.Detached)
            {
                // The object was replaced while this append waited: what it is now decides.
            }
            finally
            {
                Release(file);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var file = Use(name);
            try
            {
                return new FolderAppendObject(this, file, await file.RunAsync(AppendWork.Open(name, cancellationToken)).ConfigureAwait(false));
            }
            catch (AppendConflictException) when (file.Detached)
            {
                Release(file);
            }
            catch
            {
                Release(file);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        ObjectName.Validate(over);
        await OffTurn(cancellationToken);
        await TakePlaceAsync(name, over, cancellationToken).ConfigureAwait(false);
        var file = Use(name);
        try
        {
            return new FolderAppendObject(this, file, await file.RunAsync(AppendWork.Restart(name, CancellationToken.None)).ConfigureAwait(false));
        }
        catch
        {
            Release(file);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        await OffTurn(cancellationToken);
        foreach (var (name, file) in FolderListing.Under(_paths, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Refresh();
            var now = file.Exists ? file : Find(name);
            if (now.Exists) yield return FileTag.Properties(name, now);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        ObjectName.Validate(name);
        await OffTurn(cancellationToken);
        using var held = await Locks.EnterAsync(name, cancellationToken).ConfigureAwait(false);
        var path = _paths.ToPath(name);
        var current = FileTag.Of(path);
        if (ifMatch is not null && ifMatch != current) throw new PreconditionFailedException(name, ifMatch, current);
        if (current is null) return false;
        try
        {
            DetachWriter(name);
            Files.Delete(path);
            return true;
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(name, e);
        }
    }

    /// <summary>Frees the folder for another process. Whoever still appends gets errors.</summary>
    public void Dispose() => _lock.Dispose();

    internal void Release(AppendFile file)
    {
        lock (_appendFiles)
        {
            if (--file.Users > 0) return;
            if (_appendFiles.TryGetValue(file.Name, out var known) && ReferenceEquals(known, file)) _appendFiles.Remove(file.Name);
            file.Close();
        }
    }

    private AppendFile Use(string name)
    {
        lock (_appendFiles)
        {
            if (!_appendFiles.TryGetValue(name, out var file)) _appendFiles.Add(name, file = new AppendFile(this, name, _paths.ToPath(name)));
            file.Users++;
            return file;
        }
    }

    private async ValueTask TakePlaceAsync(string name, string over, CancellationToken cancellationToken)
    {
        // Always in the same order, or two that exchange their places would wait for each other.
        var (first, second) = string.CompareOrdinal(name, over) < 0 ? (name, over) : (over, name);
        using var heldFirst = await Locks.EnterAsync(first, cancellationToken).ConfigureAwait(false);
        using var heldSecond = await Locks.EnterAsync(second, cancellationToken).ConfigureAwait(false);
        var (path, from) = (_paths.ToPath(name), _paths.ToPath(over));
        if (new FileInfo(path) is { Exists: true } taken) throw new AppendConflictException(name, 0, taken.Length);
        if (!File.Exists(from)) return;
        try
        {
            DetachWriter(over);
            Files.EnsureFolder(Path.GetDirectoryName(path)!);
            Files.Rename(from, path);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(name, e);
        }
    }

    private void DetachWriter(string name)
    {
        lock (_appendFiles)
        {
            if (_appendFiles.Remove(name, out var file)) file.Detach();
        }
    }

    private FileInfo Find(string name)
    {
        var file = new FileInfo(_paths.ToPath(name));
        return !file.Exists && _paths.Elsewhere(name, file.FullName) is { } moved ? new FileInfo(moved) : file;
    }

    /// <summary>Where earlier versions made a folder in the place of an object, its files move to where they would be made today.</summary>
    /// <exception cref="InvalidObjectNameException">They would be made just there.</exception>
    private async ValueTask MakeRoomAsync(string name, string path)
    {
        if (!Directory.Exists(path)) return;
        if (!Path.GetFileName(path.AsSpan()).Contains('.')) throw new InvalidObjectNameException(name, "it is the folder of other objects");
        try
        {
            foreach (var (within, file) in FolderListing.Under(_paths, name + "/"))
            {
                using var held = await Locks.EnterAsync(within, CancellationToken.None).ConfigureAwait(false);
                if (_paths.ToPath(within) == file.FullName && file.FullName.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                    Move(within, file.FullName);
            }
            Files.DeleteEmptyFolders(path);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(name, e);
        }
        if (Directory.Exists(path)) throw new InvalidObjectNameException(name, "it is the folder of other objects");
    }

    private void Move(string name, string from)
    {
        var to = _paths.NewPath(name);
        if (to == from) return;
        DetachWriter(name);
        Files.EnsureFolder(Path.GetDirectoryName(to)!);
        Files.Rename(from, to);
    }

    private string Put(string name, string path, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition)
    {
        var current = FileTag.Of(path);
        if (!condition.Holds(current)) throw new PreconditionFailedException(name, condition.IfMatch, current);
        EnsurePrepared();
        var temporary = Path.Combine(_paths.Temporary, Interlocked.Increment(ref _temporaries).ToString("x"));
        try
        {
            var etag = WriteTemporary(temporary, content);
            Files.EnsureFolder(Path.GetDirectoryName(path)!);
            DetachWriter(name);
            Files.Rename(temporary, path);
            return etag;
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }
    }

    private string WriteTemporary(string temporary, IReadOnlyList<ReadOnlyMemory<byte>> content)
    {
        using var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write);
        if (content.Count > 0) RandomAccess.Write(file, content, 0);
        File.SetLastWriteTimeUtc(file, _time.Next());
        RandomAccess.FlushToDisk(file);
        return FileTag.Of(file);
    }

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            // It is removed when the store is next opened; the first failure is the one to report.
        }
    }

    private SafeFileHandle? OpenRead(string name, string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            if (File.Exists(path)) throw IoFaults.Unavailable(name, e);
            return _paths.Elsewhere(name, path) is { } moved ? OpenRead(name, moved) : null;
        }
    }

    private static int ReadFully(string name, SafeFileHandle file, long offset, Span<byte> destination)
    {
        try
        {
            var total = 0;
            while (total < destination.Length)
            {
                var read = RandomAccess.Read(file, destination[total..], offset + total);
                if (read == 0) break;
                total += read;
            }
            return total;
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            throw IoFaults.Unavailable(name, e);
        }
    }

    private void EnsurePrepared()
    {
        if (_isPrepared) return;
        lock (_preparing)
        {
            if (_isPrepared) return;
            Prepare();
            _isPrepared = true;
        }
    }

    private void Prepare()
    {
        Directory.CreateDirectory(_paths.Temporary);
        foreach (var left in Directory.EnumerateFiles(_paths.Temporary)) File.Delete(left);
        var probe = Path.Combine(_paths.Temporary, "probe");
        WriteTemporary(probe, [new byte[] { 1 }]);
        var fine = File.GetLastWriteTimeUtc(probe) == _time.Last;
        File.Delete(probe);
        if (!fine)
            throw new StorageUnavailableException(
                _paths.Root, StorageFault.Failed, "its file system keeps times too coarsely to tell two writes apart. Use a local disk.");
    }

    /// <summary>The disk may be slow: a grain that calls does not lend it its turn.</summary>
    private static ConfiguredTaskAwaitable OffTurn(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }
}
