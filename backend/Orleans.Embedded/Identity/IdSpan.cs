namespace Orleans.Runtime;

/// <summary>A part of an identity: text that is compared byte by byte.</summary>
public readonly record struct IdSpan(string Value) : IComparable<IdSpan>
{
    /// <summary>Makes one from text.</summary>
    public static IdSpan Create(string id) => new(id);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
