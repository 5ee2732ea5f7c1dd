namespace Plumbline.Otlp.Mapping;

/// <summary>Counts what was refused and keeps the first reasons.</summary>
internal sealed class Rejections(int maxReasons)
{
    private readonly List<string> reasons = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Reasons => reasons;

    public void Add(string what, int index, string reason)
    {
        Count++;
        if (reasons.Count < maxReasons) reasons.Add($"{what} {index}: {reason}.");
    }
}
