using System.Text.Json;

namespace Plumbline.ObjectStore.Journals;

/// <summary>Reads snapshot and segments back into state, and finds where to go on writing.</summary>
internal sealed class JournalReplay<TState, TEvent>(IObjectStore store, JournalNames names, JournalOptions options)
    where TState : class, IJournaledState<TEvent>, new()
{
    private bool _sealed;
    private long _expected;

    public TState State { get; private set; } = new();

    public long Version { get; private set; }

    public string? SnapshotTag { get; private set; }

    public long SnapshotLength { get; private set; }

    public long LogBytes { get; private set; }

    /// <summary>The segment to append to.</summary>
    public string OpenSegment { get; private set; } = "";

    /// <summary>Whether that segment is there already.</summary>
    public bool Exists { get; private set; }

    /// <summary>Its length as it was read.</summary>
    public long ReadLength { get; private set; }

    /// <summary>Its length without a torn tail.</summary>
    public long WholeLength { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReadSnapshotAsync(cancellationToken).ConfigureAwait(false);
        var segments = new List<string>();
        await foreach (var segment in store.ListAsync(names.SegmentPrefix, cancellationToken).ConfigureAwait(false)) segments.Add(segment.Name);
        for (var i = 0; i < segments.Count; i++) await ReadSegmentAsync(segments[i], isLast: i == segments.Count - 1, cancellationToken).ConfigureAwait(false);
        Exists = segments.Count > 0 && !_sealed;
        if (!Exists) (OpenSegment, ReadLength, WholeLength) = (names.Segment(Version + 1), 0, 0);
    }

    private async Task ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        if (await store.GetAsync(names.Snapshot, cancellationToken).ConfigureAwait(false) is not { } stored) return;
        var body = stored.Content.AsMemory();
        if (!body.Span.StartsWith(JournalFrame.Magic) || !JournalFrame.TryRead(body[JournalFrame.Magic.Length..], out var frame)
            || frame.Kind != FrameKind.Snapshot)
            throw new JournalCorruptedException(names.Snapshot, 0, "the snapshot's checksum does not match");
        State = Parse<TState>(names.Snapshot, 0, frame.Payload);
        (Version, SnapshotTag, SnapshotLength) = (frame.Version, stored.ETag, frame.Length);
    }

    private async Task ReadSegmentAsync(string segment, bool isLast, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(segment, cancellationToken).ConfigureAwait(false);
        if (stored is null) return; // made obsolete and deleted meanwhile
        (OpenSegment, ReadLength, _sealed, _expected) = (segment, stored.Content.Length, false, 0);
        WholeLength = SegmentReader.Read(segment, stored.Content, (frame, offset) => Take(segment, frame, offset));
        if (!isLast && !_sealed) throw new JournalCorruptedException(segment, WholeLength, "its end is missing, yet a later segment exists");
        if (_sealed && WholeLength < ReadLength) throw new JournalCorruptedException(segment, WholeLength, "there are bytes behind its end");
    }

    private void Take(string segment, JournalFrame frame, long offset)
    {
        if (_sealed) throw new JournalCorruptedException(segment, offset, "a frame follows the end");
        if (frame.Kind == FrameKind.Snapshot) throw new JournalCorruptedException(segment, offset, "a snapshot stands in a log");
        if (_expected != 0 && frame.Version != _expected) throw Gap(segment, offset, _expected, frame.Version);
        _expected = frame.Version + frame.Count;
        if (frame.Kind == FrameKind.Seal) _sealed = true;
        else Apply(segment, frame, offset);
    }

    private void Apply(string segment, JournalFrame frame, long offset)
    {
        LogBytes += frame.Length;
        if (_expected - 1 <= Version) return; // the snapshot has it
        if (frame.Version != Version + 1) throw Gap(segment, offset, Version + 1, frame.Version);
        var events = Parse<TEvent[]>(segment, offset, frame.Payload);
        if (events.Length != frame.Count)
            throw new JournalCorruptedException(segment, offset, $"{frame.Count} events were written and {events.Length} are there");
        foreach (var happened in events) State.Apply(happened);
        Version += events.Length;
    }

    private T Parse<T>(string name, long offset, ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(payload.Span, options.Json) ?? throw new JournalCorruptedException(name, offset, "it holds null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JournalCorruptedException(name, offset, $"its JSON is not of this program's types ({e.Message})");
        }
    }

    private static JournalCorruptedException Gap(string segment, long offset, long expected, long actual) =>
        new(segment, offset, $"version {expected} was to come and {actual} did");
}
