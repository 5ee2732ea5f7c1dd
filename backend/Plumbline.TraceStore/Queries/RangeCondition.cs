namespace Plumbline.TraceStore;

/// <summary>Bounds, both inclusive. An absent number passes neither.</summary>
public sealed record RangeCondition
{
    public double? Gte { get; init; }
    public double? Lte { get; init; }
}
