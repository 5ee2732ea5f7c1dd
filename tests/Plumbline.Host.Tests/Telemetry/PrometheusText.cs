using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>Reads metrics as strictly as the format is written down, and fails with the line that is not allowed.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal sealed partial class PrometheusText
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "summary", "untyped"];
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private Family? _current;

    private PrometheusText()
    {
    }

    public IReadOnlyCollection<Family> Families => _families.Values;

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var read = new PrometheusText();
        foreach (var line in text[..^1].Split('\n')) read.Read(line);
        foreach (var family in read.Families) family.Check();
        return read;
    }

    public Family Family(string name) =>
        _families.TryGetValue(name, out var family) ? family : throw new KeyNotFoundException($"There is no {name} among {string.Join(' ', _families.Keys)}");

    private void Read(string line)
    {
        if (Comment().Match(line) is not { Success: true } comment) ReadSample(line);
        else ReadComment(comment.Groups["what"].Value, comment.Groups["name"].Value, comment.Groups["rest"].Value, line);
    }

    private void ReadComment(string what, string name, string rest, string line)
    {
        if (_current?.Name != name)
        {
            Assert.False(_families.ContainsKey(name), $"The lines of {name} do not follow each other: {line}");
            _families[name] = _current = new Family(name);
        }
        Assert.True(_current.Samples.Count == 0, $"Said after the first sample: {line}");
        if (what == "HELP")
        {
            Assert.True(_current.Help is null, $"Said twice: {line}");
            _current.Help = rest;
        }
        else
        {
            Assert.True(_current.Type is null, $"Said twice: {line}");
            Assert.Contains(rest, Types);
            _current.Type = rest;
        }
    }

    /// <summary>Reads one line with a value.</summary>
    public static Sample ParseSample(string line)
    {
        var match = Line().Match(line);
        Assert.True(match.Success, $"No line of the format: {line}");
        var labels = Label().Matches(match.Groups["labels"].Value).Select(l => KeyValuePair.Create(l.Groups["name"].Value, l.Groups["value"].Value)).ToList();
        Assert.True(labels.DistinctBy(l => l.Key).Count() == labels.Count, $"A label stands twice: {line}");
        return new Sample(match.Groups["name"].Value, labels.ToDictionary(StringComparer.Ordinal), Number(match.Groups["value"].Value));
    }

    private void ReadSample(string line)
    {
        var sample = ParseSample(line);
        Assert.True(_series.Add(sample.Series), $"The series stands twice: {line}");
        Assert.True(_current is not null && _current.Owns(sample.Name), $"A sample of no family: {line}");
        _current.Samples.Add(sample);
    }

    internal static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^# (?<what>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))*)\})? """
        + "(?<value>[+-]?(Inf|NaN|[0-9][0-9.eE+-]*))$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\["\\n])*)"(,|$)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}

/// <summary>One line with a value.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Series => $"{Name}{{{Without("")}}}";

    /// <summary>The labels in the order of their names, without one of them.</summary>
    public string Without(string label) =>
        string.Join(',', Labels.Where(l => l.Key != label).OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));

    /// <summary>Whether it has all of these labels, among others or not.</summary>
    public bool Has((string Label, string Value)[] labels) => Array.TrueForAll(labels, l => Labels.GetValueOrDefault(l.Label) == l.Value);
}

/// <summary>The samples of one metric.</summary>
internal sealed class Family(string name)
{
    public string Name => name;

    public string? Type { get; set; }

    public string? Help { get; set; }

    public List<Sample> Samples { get; } = [];

    public bool Owns(string sample) => Type == "histogram" ? new[] { $"{name}_bucket", $"{name}_sum", $"{name}_count" }.Contains(sample) : sample == name;

    /// <summary>The value of the one sample that has all of these labels, among others or not.</summary>
    public double Value(params (string Label, string Value)[] labels) => Samples.Single(s => s.Has(labels)).Value;

    public void Check()
    {
        Assert.True(Type is not null, $"{name} has no type");
        Assert.True(Samples.Count > 0, $"{name} has no samples");
        if (Type == "counter") Assert.All(Samples, s => Assert.True(s.Value >= 0 && name.EndsWith("_total", StringComparison.Ordinal), s.Series));
        if (Type == "histogram") CheckHistogram();
    }

    private void CheckHistogram()
    {
        var all = Samples.Where(s => s.Name == $"{name}_bucket").GroupBy(s => s.Without("le")).ToList();
        Assert.Equal(all.Count, Samples.Count(s => s.Name == $"{name}_count"));
        foreach (var series in all)
        {
            var buckets = series.Select(s => (Bound: PrometheusText.Number(s.Labels["le"]), s.Value)).ToList();
            Assert.Equal(buckets.Select(b => b.Bound).Order().Distinct(), buckets.Select(b => b.Bound));
            Assert.Equal(buckets.Select(b => b.Value).Order(), buckets.Select(b => b.Value));
            Assert.Equal(double.PositiveInfinity, buckets[^1].Bound);
            Assert.Equal(buckets[^1].Value, Samples.Single(s => s.Name == $"{name}_count" && s.Without("le") == series.Key).Value);
            Assert.Single(Samples, s => s.Name == $"{name}_sum" && s.Without("le") == series.Key);
        }
    }
}
