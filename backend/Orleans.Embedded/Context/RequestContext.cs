using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that travel with a call into the grain that it reaches and on into the calls that this one makes; never back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestContextValues?> Ambient = new();

    internal static RequestContextValues? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The id of the call chain that may come back into a grain which allowed it, or empty.</summary>
    public static Guid ReentrancyId => Current?.ReentrancyId ?? Guid.Empty;

    /// <summary>The value of a key, or null.</summary>
    public static object? Get(string key) => Current?.Values.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls made from here on.</summary>
    public static void Set(string key, object value)
    {
        var current = Current ?? RequestContextValues.Empty;
        Current = current with { Values = current.Values.SetItem(key, value) };
    }

    /// <summary>Removes a key; false when it was not there.</summary>
    public static bool Remove(string key)
    {
        if (Current is not { } current || !current.Values.ContainsKey(key)) return false;
        Current = current with { Values = current.Values.Remove(key) };
        return true;
    }

    /// <summary>Removes everything.</summary>
    public static void Clear() => Current = null;

    /// <summary>Until the result is disposed, calls made from here may come back into this grain although it waits for them.</summary>
    /// <exception cref="InvalidOperationException">Asked for outside a grain.</exception>
    public static ReentrancySection AllowCallChainReentrancy() => ReentrancySection.Open();
}

internal sealed record RequestContextValues(ImmutableDictionary<string, object> Values, Guid ReentrancyId)
{
    public static RequestContextValues Empty { get; } = new(ImmutableDictionary<string, object>.Empty, Guid.Empty);
}
