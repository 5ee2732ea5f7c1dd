using Microsoft.Extensions.Logging;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore;

/// <summary>Blocks that cannot be read. Each is told of once, as an error; its object stays as it is and the manifest goes on naming it with what is erased meanwhile, for it may be
/// repaired.</summary>
internal sealed partial class Quarantine(ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<(string Name, ManifestBlock Entry)> _blocks = [];

    /// <summary>How many blocks were taken in so far; tells whether the manifest knows of all.</summary>
    public int Additions { get; private set; }

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
        lock (_gate) _blocks.Add((name, entry));
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
            _blocks.Add((damage.ObjectName, entry with { Missed = entry.Missed ?? new MissedErasures() }));
            Additions++;
        }
        LogDamaged(damage.ObjectName, damage.Offset, damage.Reason);
    }

    /// <summary>Notes traces that were erased; damaged blocks may hold more of them.</summary>
    public void NoteErased(IReadOnlyCollection<TraceId> traces) => Note(m => m.And(traces));

    /// <summary>Notes a user whose traces were erased; damaged blocks may hold more of them.</summary>
    public void NoteErasedUser(string hash) => Note(m => m.AndUser(hash));

    private void Note(Func<MissedErasures, MissedErasures> add)
    {
        lock (_gate)
        {
            for (var i = 0; i < _blocks.Count; i++) _blocks[i] = (_blocks[i].Name, _blocks[i].Entry with { Missed = add(_blocks[i].Entry.Missed!) });
        }
    }

    /// <summary>What a missing object amounts to.</summary>
    public static BlockCorruptedException Missing(ObjectNotFoundException e) => new(e.ObjectName, 0, "the object is missing");

    [LoggerMessage(Level = LogLevel.Error, Message = "The block '{ObjectName}' is damaged at byte {Offset}: {Reason}. It is left out of all answers. Restore it from a copy and open the store again.")]
    private partial void LogDamaged(string objectName, long offset, string reason);
}
