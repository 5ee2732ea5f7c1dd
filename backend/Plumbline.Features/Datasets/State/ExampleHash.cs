using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts.Datasets;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Datasets.State;

/// <summary>What makes two examples, and two versions, the same.</summary>
internal static class ExampleHash
{
    /// <summary>Two items with one key are duplicates: the same inputs and the same expected output.</summary>
    public static string DuplicateKey(DatasetContent content) => Hash(JsonSerializer.Serialize(new[] { SortedJson.Of(content.InputsJson), content.Expected }));

    /// <summary>Of a whole version, whatever the order of its items.</summary>
    public static string OfVersion(IEnumerable<DatasetContent> items) => Hash(string.Join('\n', items.Select(OfItem).Order(StringComparer.Ordinal)));

    private static string OfItem(DatasetContent content) => Hash(JsonSerializer.Serialize(new[]
    {
        SortedJson.Of(content.InputsJson), content.Output, content.Expected, content.Label?.ToString(), content.Reasoning, content.Split,
        content.MetadataJson is null ? null : SortedJson.Of(content.MetadataJson),
    }));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
