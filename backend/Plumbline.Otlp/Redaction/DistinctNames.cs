using System.Text;

namespace Plumbline.Otlp.Redaction;

/// <summary>Gives redacted names that have become one their numbers: two addresses, masked, are still two members.</summary>
internal sealed class DistinctNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>A name that stays as it is.</summary>
    public void Take(ReadOnlySpan<byte> name) => _taken.Add(Encoding.UTF8.GetString(name));

    /// <summary>The name, with a number behind it when it is not the first.</summary>
    public byte[] Next(ReadOnlySpan<byte> redacted)
    {
        var name = Encoding.UTF8.GetString(redacted);
        var number = _last.GetValueOrDefault(name, 0);
        string candidate;
        do candidate = ++number == 1 ? name : $"{name}#{number}";
        while (!_taken.Add(candidate));
        _last[name] = number;
        return Encoding.UTF8.GetBytes(candidate);
    }
}
