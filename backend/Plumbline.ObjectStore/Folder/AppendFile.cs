using Microsoft.Win32.SafeHandles;

namespace Plumbline.ObjectStore.Folder;

/// <summary>The one writer at the end of a file that is open for appending. Everybody who appends to the object queues here;
/// one drain at a time writes what has gathered and flushes it once (group commit).</summary>
internal sealed class AppendFile(FolderObjectStore store, string name, string path)
{
    private readonly Lock _gate = new();
    private List<AppendWork> _waiting = [];
    private bool _draining;
    private SafeFileHandle? _file;
    private long _length;
    private bool _repairing;

    public string Name => name;

    /// <summary>How many handles and calls use this writer; guarded by the store.</summary>
    public int Users { get; set; }

    /// <summary>Whether the object was replaced or deleted beneath; set under the name's lock.</summary>
    public bool Detached { get; private set; }

    public Task<long> RunAsync(AppendWork work)
    {
        lock (_gate)
        {
            _waiting.Add(work);
            if (_draining) return work.Done;
            _draining = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static file => _ = file.DrainAsync(), this, preferLocal: false);
        return work.Done;
    }

    /// <summary>Called under the name's lock, after the object was replaced or deleted.</summary>
    public void Detach()
    {
        Detached = true;
        CloseFile();
    }

    /// <summary>Called when nobody uses the writer any more.</summary>
    public void Close()
    {
        if (_repairing) Repair();
        CloseFile();
    }

    private async Task DrainAsync()
    {
        while (TakeBatch() is { } batch)
        {
            using var held = await store.Locks.EnterAsync(name, CancellationToken.None).ConfigureAwait(false);
            Commit(batch);
        }
    }

    private List<AppendWork>? TakeBatch()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _draining = false;
                return null;
            }
            (var batch, _waiting) = (_waiting, []);
            return batch;
        }
    }

    private void Commit(List<AppendWork> batch)
    {
        var accepted = new List<AppendWork>(batch.Count);
        try
        {
            OpenFile();
            var newLength = Accept(batch, accepted);
            Write(accepted, newLength);
            _length = newLength;
            foreach (var work in accepted) work.Complete();
        }
        catch (Exception e) // the edge of the loop: whatever it is, those who wait must hear of it
        {
            Repair();
            foreach (var work in batch) work.Fail(IoFaults.Unavailable(name, e), _length);
        }
    }

    /// <summary>Decides each piece of work in turn against the length that those before it lead to.</summary>
    private long Accept(List<AppendWork> batch, List<AppendWork> accepted)
    {
        var length = _length;
        foreach (var work in batch)
        {
            if (!work.Accept(Detached ? null : length, exists: _file is not null)) continue;
            length = work.NewLength;
            accepted.Add(work);
        }
        return length;
    }

    private void Write(List<AppendWork> accepted, long newLength)
    {
        if (accepted.Count == 0) return;
        if (_file is null) CreateFile();
        var (start, buffers, changed) = (_length, new List<ReadOnlyMemory<byte>>(), false);
        foreach (var work in accepted)
        {
            if (work.Restarts)
            {
                WriteOut(buffers, start);
                start = 0;
            }
            if (work.IsTruncation)
            {
                WriteOut(buffers, start);
                RandomAccess.SetLength(_file!, work.NewLength);
                start = work.NewLength;
                changed = true;
            }
            buffers.AddRange(work.Buffers);
        }
        changed |= WriteOut(buffers, start) || newLength != _length;
        if (changed) DurableFiles.FlushData(_file!, path);
    }

    private bool WriteOut(List<ReadOnlyMemory<byte>> buffers, long offset)
    {
        if (buffers.Count == 0) return false;
        RandomAccess.Write(_file!, buffers, offset);
        buffers.Clear();
        return true;
    }

    private void CreateFile()
    {
        store.Files.EnsureFolder(Path.GetDirectoryName(path)!);
        _file = Open(FileMode.CreateNew);
        RandomAccess.FlushToDisk(_file);
        store.Files.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Opens the file when it is there. After a failure its end may hold bytes that nobody was promised: they are cut off.</summary>
    private void OpenFile()
    {
        if (_file is not null || Detached || !File.Exists(path)) return;
        var file = Open(FileMode.Open);
        try
        {
            if (_repairing)
            {
                if (RandomAccess.GetLength(file) != _length) RandomAccess.SetLength(file, _length);
                RandomAccess.FlushToDisk(file);
                _repairing = false;
            }
            _length = RandomAccess.GetLength(file);
            _file = file;
        }
        finally
        {
            if (_file is null) file.Dispose();
        }
    }

    private SafeFileHandle Open(FileMode mode) => File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Takes back what a failed batch may have left. A file whose flush failed is opened anew: its pages cannot be trusted.</summary>
    private void Repair()
    {
        _repairing |= _file is not null;
        CloseFile();
        try
        {
            OpenFile();
        }
        catch (Exception e) when (IoFaults.IsIo(e))
        {
            CloseFile(); // the next batch tries again
        }
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }
}
