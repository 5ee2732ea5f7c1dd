using System.Text;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>One name a provider, out of the many spellings in use; an unknown one stays as it is. What was sent stays in the attributes.</summary>
/// <remarks>The names are those of https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/ </remarks>
internal static class Providers
{
    // Longest first where one begins like another.
    private static readonly (byte[] Prefix, byte[] Name)[] Aliases =
    [
        Alias("az.ai.openai", "azure.ai.openai"), Alias("az.ai.inference", "azure.ai.inference"), Alias("azure-openai", "azure.ai.openai"),
        Alias("azure_openai", "azure.ai.openai"),
        Alias("azure.ai.openai", "azure.ai.openai"), Alias("azure.ai.inference", "azure.ai.inference"), Alias("azure", "azure.ai.openai"),
        Alias("amazon-bedrock", "aws.bedrock"), Alias("amazon_bedrock", "aws.bedrock"), Alias("aws_bedrock", "aws.bedrock"),
        Alias("aws.bedrock", "aws.bedrock"), Alias("bedrock", "aws.bedrock"),
        Alias("google.vertex", "gcp.vertex_ai"), Alias("vertex_ai", "gcp.vertex_ai"), Alias("vertexai", "gcp.vertex_ai"),
        Alias("gcp.vertex_ai", "gcp.vertex_ai"), Alias("google-vertex", "gcp.vertex_ai"),
        Alias("google.generative", "gcp.gemini"), Alias("google_genai", "gcp.gemini"), Alias("gemini", "gcp.gemini"),
        Alias("gcp.gemini", "gcp.gemini"), Alias("google", "gcp.gemini"),
        Alias("mistralai", "mistral_ai"), Alias("mistral_ai", "mistral_ai"), Alias("mistral", "mistral_ai"),
        Alias("x_ai", "x_ai"), Alias("xai", "x_ai"), Alias("x-ai", "x_ai"),
        Alias("openai", "openai"), Alias("anthropic", "anthropic"), Alias("cohere", "cohere"), Alias("deepseek", "deepseek"),
        Alias("groq", "groq"), Alias("perplexity", "perplexity"),
        Alias("moonshot", "moonshot_ai"), Alias("watsonx", "ibm.watsonx.ai"), Alias("ibm.watsonx.ai", "ibm.watsonx.ai"),
    ];

    public static void Settle(SpanBatchWriter writer)
    {
        var given = writer.Get(SpanText.Provider);
        foreach (var (prefix, name) in Aliases)
        {
            if (!StartsWith(given, prefix)) continue;
            if (!given.SequenceEqual(name)) writer.Set(SpanText.Provider, name);
            return;
        }
    }

    // Either the whole name, or followed by a part of it: "openai.chat" is openai, "openai-compatible" is not.
    private static bool StartsWith(ReadOnlySpan<byte> given, ReadOnlySpan<byte> prefix) =>
        given.Length >= prefix.Length && Ascii.EqualsIgnoreCase(given[..prefix.Length], prefix)
            && (given.Length == prefix.Length || given[prefix.Length] is (byte)'.' or (byte)'/' or (byte)'_');

    private static (byte[], byte[]) Alias(string prefix, string name) => (Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(name));
}
