using System.Collections.Concurrent;

namespace Plumbline.GraphQL.Execution;

/// <summary>Prepared documents by their text. Two generations: what is used again moves to the young one, and when that is full the old one is dropped,
/// so the cache is bounded in entries and bytes without a list to keep in order.</summary>
internal sealed class DocumentCache(int maxEntries, int maxBytes)
{
    private readonly Lock _gate = new();
    private ConcurrentDictionary<DocumentText, PreparedDocument> _young = new();
    private ConcurrentDictionary<DocumentText, PreparedDocument> _old = new();
    private int _youngBytes;

    public int Count => _young.Count + _old.Count;

    public bool TryGet(DocumentText text, out PreparedDocument document)
    {
        if (_young.TryGetValue(text, out document!)) return true;
        if (!_old.TryGetValue(text, out document!)) return false;
        Add(text, document);
        return true;
    }

    public void Add(DocumentText text, PreparedDocument document)
    {
        const int LargestShare = 8;
        if (text.Utf8.Length > maxBytes / LargestShare) return;
        lock (_gate)
        {
            if (!_young.TryAdd(text, document)) return;
            _youngBytes += text.Utf8.Length;
            if (_young.Count <= maxEntries / 2 && _youngBytes <= maxBytes / 2) return;
            _old = _young;
            _young = new();
            _youngBytes = 0;
        }
    }
}

/// <summary>The bytes of a document as a key.</summary>
internal readonly struct DocumentText : IEquatable<DocumentText>
{
    private readonly int _hash;

    public DocumentText(ReadOnlyMemory<byte> utf8)
    {
        Utf8 = utf8;
        var hash = new HashCode();
        hash.AddBytes(utf8.Span);
        _hash = hash.ToHashCode();
    }

    public ReadOnlyMemory<byte> Utf8 { get; }

    public bool Equals(DocumentText other) => _hash == other._hash && Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is DocumentText other && Equals(other);

    public override int GetHashCode() => _hash;
}
