namespace Plumbline.GraphQL.Types;

/// <summary>The codecs by scalar name.</summary>
internal static class ScalarCodecs
{
    public static readonly IReadOnlyDictionary<string, ScalarCodec> BuiltIn = new Dictionary<string, ScalarCodec>(StringComparer.Ordinal)
    {
        ["Int"] = new IntCodec(),
        ["Float"] = new FloatCodec(),
        ["String"] = new StringCodec(),
        ["Boolean"] = new BooleanCodec(),
        ["ID"] = new IdCodec(),
    };

    /// <summary>What a schema's own scalars of these names mean; any other scalar is any JSON value.</summary>
    public static readonly IReadOnlyDictionary<string, ScalarCodec> Known = new Dictionary<string, ScalarCodec>(StringComparer.Ordinal)
    {
        ["DateTime"] = new DateTimeCodec(),
        ["Long"] = new LongCodec(),
        ["Decimal"] = new DecimalCodec(),
        ["JSON"] = new JsonCodec(),
    };

    public static readonly ScalarCodec Any = new JsonCodec();
}
