namespace Plumbline.Otlp.Mapping;

/// <summary>The log records of one span: each once, and no more than a span can be read with.</summary>
internal sealed class SpanLogs(IReadOnlyList<string> kept)
{
    public const int Most = 1_024;
    private const int MostChars = 1 << 20;
    private readonly List<string> _kept = [.. kept];
    private readonly HashSet<string> _known = new(kept, StringComparer.Ordinal);
    private int _chars = kept.Sum(l => l.Length);

    /// <summary>The bounds in words.</summary>
    public static string Bounds { get; } = $"at most {Most} log records with at most {MostChars} characters together";

    public IReadOnlyList<string> Kept => _kept;

    /// <summary>Whether there was room for a record, or it was there before.</summary>
    public bool Add(string log)
    {
        if (_known.Contains(log)) return true;
        if (_kept.Count == Most || log.Length > MostChars - _chars) return false;
        _known.Add(log);
        _kept.Add(log);
        _chars += log.Length;
        return true;
    }
}
