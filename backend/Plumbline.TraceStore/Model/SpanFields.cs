namespace Plumbline.TraceStore.Model;

/// <summary>How the presence bits are laid out.</summary>
internal static class SpanFields
{
    public const int FirstList = 32;
    public const int VariableBits = 40;
    public const int FirstNumber = 40;
    public const ulong VariableMask = (1ul << VariableBits) - 1;
    public static readonly int TextCount = Enum.GetValues<SpanText>().Length;
    public static readonly int ListCount = Enum.GetValues<SpanList>().Length;
    public static readonly int NumberCount = Enum.GetValues<SpanNumber>().Length;
    public static readonly ulong Known =
        ((1ul << TextCount) - 1) | (((1ul << ListCount) - 1) << FirstList) | (((1ul << NumberCount) - 1) << FirstNumber);
}
