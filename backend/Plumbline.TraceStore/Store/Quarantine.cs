using Microsoft.Extensions.Logging;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Store;

/// <summary>Blocks that cannot be read. Each is reported once, as an error; its object stays as it is and the manifest goes on naming it with what is
/// erased meanwhile, for it may be repaired.</summary>
internal sealed partial class Quarantine(ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<(string Name, ManifestBlock Entry, int Addition)> _blocks = [];

    /// <summary>How many blocks were taken in so far; tells whether the manifest knows of all.</summary>
    public int Additions { get; private set; }

    /// <summary>How many of the <see cref="Additions"/> the manifest knows of.</summary>
    public int Saved { get; set; }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _blocks.Count;
        }
    }

    public string[] Names()
    {
        lock (_gate) return [.. _blocks.Select(b => b.Name)];
    }

    public ManifestBlock[] Entries()
    {
        lock (_gate) return [.. _blocks.Select(b => b.Entry)];
    }

    /// <summary>Holds a block that came back until <see cref="Release"/>, with what is erased meanwhile.</summary>
    public void Hold(string name, ManifestBlock entry)
    {
        lock (_gate) _blocks.Add((name, entry, 0));
    }

    public ManifestBlock Release(string name)
    {
        lock (_gate)
        {
            var at = _blocks.FindIndex(b => b.Name == name);
            var entry = _blocks[at].Entry;
            _blocks.RemoveAt(at);
            return entry;
        }
    }

    /// <summary>Takes a block in and raises the alert.</summary>
    public void Add(ManifestBlock entry, BlockCorruptedException damage)
    {
        lock (_gate)
        {
            Additions++;
            _blocks.Add((damage.ObjectName, entry with { Missed = entry.Missed ?? new MissedErasures() }, entry.Missed is null ? Additions : 0));
        }
        LogDamaged(damage.ObjectName, damage.Offset, damage.Reason);
    }

    /// <summary>Notes traces that were erased; damaged blocks may hold more of them.</summary>
    public void NoteErased(IReadOnlyCollection<TraceId> traces) => Note(m => m.And(traces), since: -1);

    /// <summary>Notes traces that were dropped, for the damaged blocks that the manifest does not know of as such: the log says that they were dropped
    /// while those could be read.</summary>
    public void NoteDropped(IReadOnlyCollection<TraceId> traces) => Note(m => m.And(traces), Saved);

    /// <summary>Notes a user whose traces were erased; damaged blocks may hold more of them.</summary>
    public void NoteErasedUser(string hash) => Note(m => m.AndUser(hash), since: -1);

    private void Note(Func<MissedErasures, MissedErasures> add, int since)
    {
        lock (_gate)
        {
            for (var i = 0; i < _blocks.Count; i++)
            {
                var (name, entry, addition) = _blocks[i];
                if (addition > since) _blocks[i] = (name, entry with { Missed = add(entry.Missed!) }, addition);
            }
        }
    }

    /// <summary>What a missing object amounts to.</summary>
    public static BlockCorruptedException Missing(ObjectNotFoundException e) => new(e.ObjectName, 0, "the object is missing");

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The block '{ObjectName}' is damaged at byte {Offset}: {Reason}. It is left out of all answers. "
            + "Restore it from a copy and open the store again.")]
    private partial void LogDamaged(string objectName, long offset, string reason);
}
