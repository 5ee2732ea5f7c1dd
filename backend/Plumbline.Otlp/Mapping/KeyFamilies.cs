namespace Plumbline.Otlp.Mapping;

/// <summary>Whose attributes a span has, so that a dialect that cannot apply need not look for its own.</summary>
[Flags]
internal enum KeyFamilies
{
    None = 0,
    Plumbline = 1,
    Langfuse = 2,
    Lilypad = 4,
    Logfire = 8,
    GenAi = 16,

    /// <summary><c>gen_ai.prompt</c> and <c>gen_ai.completion</c>, with or without anything after them.</summary>
    GenAiContent = 32,
    Traceloop = 64,
    LangSmith = 128,

    /// <summary>Google's ADK, Genkit, MLflow.</summary>
    Other = 256,
}

/// <summary>Finds the family of an attribute's name.</summary>
internal static class KeyFamily
{
    public static KeyFamilies Of(ReadOnlySpan<byte> key) => key.IsEmpty ? KeyFamilies.None : key[0] switch
    {
        (byte)'g' => G(key),
        (byte)'l' => L(key),
        (byte)'m' when key.StartsWith("mlflow."u8) => KeyFamilies.Other,
        (byte)'p' when key.StartsWith("plumbline."u8) => KeyFamilies.Plumbline,
        (byte)'t' when key.StartsWith("traceloop."u8) => KeyFamilies.Traceloop,
        _ => KeyFamilies.None,
    };

    private static KeyFamilies G(ReadOnlySpan<byte> key)
    {
        if (key.StartsWith("gen_ai."u8))
            return key.StartsWith("gen_ai.prompt"u8) || key.StartsWith("gen_ai.completion"u8)
                ? KeyFamilies.GenAi | KeyFamilies.GenAiContent
                : KeyFamilies.GenAi;
        return key.StartsWith("genkit:"u8) || key.StartsWith("gcp.vertex.agent."u8) ? KeyFamilies.Other : KeyFamilies.None;
    }

    private static KeyFamilies L(ReadOnlySpan<byte> key)
    {
        if (key.StartsWith("langfuse."u8)) return KeyFamilies.Langfuse;
        if (key.StartsWith("langsmith."u8)) return KeyFamilies.LangSmith;
        if (key.StartsWith("lilypad."u8)) return KeyFamilies.Lilypad;
        return key.StartsWith("logfire."u8) ? KeyFamilies.Logfire : KeyFamilies.None;
    }
}
