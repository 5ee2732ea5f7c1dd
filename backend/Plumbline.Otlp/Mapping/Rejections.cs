namespace Plumbline.Otlp.Mapping;

/// <summary>Counts what was refused and keeps the first reasons.</summary>
internal sealed class Rejections(int maxReasons)
{
    private readonly List<string> _reasons = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Reasons => _reasons;

    public void Add(string what, int index, string reason)
    {
        Count++;
        if (_reasons.Count < maxReasons) _reasons.Add($"{what} {index}: {reason}.");
    }
}
