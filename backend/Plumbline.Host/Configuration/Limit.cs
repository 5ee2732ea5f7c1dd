using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Plumbline.Host.Configuration;

/// <summary>One limit of a slice, which an environment variable may set: <c>PLUMBLINE_TRACES__OTLP__MAX_SPANS</c> is <c>Otlp.MaxSpans</c>
/// of the slice Traces.</summary>
internal sealed class Limit
{
    private readonly PropertyInfo[] _path;
    private readonly RangeAttribute? _range;

    private Limit(string variable, PropertyInfo[] path) => (Variable, _path, _range) = (variable, path, path[^1].GetCustomAttribute<RangeAttribute>());

    /// <summary>The name of the variable.</summary>
    public string Variable { get; }

    private Type Type => _path[^1].PropertyType;

    /// <summary>All limits below a class of options.</summary>
    public static IEnumerable<Limit> Of(string variable, Type options, params PropertyInfo[] path)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = $"{variable}__{Snake(property.Name)}";
            if (property.PropertyType.IsClass) foreach (var limit in Of(name, property.PropertyType, [.. path, property])) yield return limit;
            else yield return new Limit(name, [.. path, property]);
        }
    }

    /// <summary>Reads a value.</summary>
    /// <returns>Null when the text is none that is allowed.</returns>
    public object? Parse(string text) => Read(text) is { } value && _range?.IsValid(value) != false ? value : null;

    /// <summary>What is allowed, as the end of a sentence.</summary>
    public string Allowed =>
        Type == typeof(bool) ? "true and false" : Type == typeof(TimeSpan) ? $"times{Bounds} such as 00:05:00 or 14.00:00:00" : $"whole numbers{Bounds}";

    private string Bounds => _range is null ? "" : $" from {_range.Minimum} to {_range.Maximum}";

    private object? Read(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (Type == typeof(int)) return int.TryParse(text, NumberStyles.None, invariant, out var number) ? number : null;
        if (Type == typeof(long)) return long.TryParse(text, NumberStyles.None, invariant, out var number) ? number : null;
        if (Type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (Type == typeof(TimeSpan))
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", invariant, out var time) && time >= TimeSpan.Zero
                ? time
                : null;
        throw new NotSupportedException($"{Variable} is a {Type.Name}, which no variable can say.");
    }

    public void Set(object options, object value)
    {
        var owner = _path[..^1].Aggregate(options, (parent, property) => property.GetValue(parent)!);
        _path[^1].SetValue(owner, value);
    }

    /// <summary>The value as it would be written.</summary>
    public string Text(object options) =>
        Convert.ToString(_path.Aggregate(options, (parent, property) => property.GetValue(parent)!), CultureInfo.InvariantCulture)!;

    private static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
