namespace Plumbline.TraceStore.Model;

/// <summary>How the presence bits are laid out.</summary>
internal static class SpanFields
{
    public const int TextCount = 27;
    public const int FirstList = 32;
    public const int ListCount = 4;
    public const int VariableBits = 40;
    public const int FirstNumber = 40;
    public const int NumberCount = 10;
    public const ulong VariableMask = (1ul << VariableBits) - 1;
    public const ulong Known = ((1ul << TextCount) - 1) | (((1ul << ListCount) - 1) << FirstList) | (((1ul << NumberCount) - 1) << FirstNumber);
}
