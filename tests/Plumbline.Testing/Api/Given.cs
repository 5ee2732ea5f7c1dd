using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Plumbline.Testing.Api;

/// <summary>Inputs that say only what the caller did: where a field has a default, null is not the same as silence.</summary>
internal static class Given
{
    private static readonly JsonSerializerOptions Sparse = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static JsonObject WithoutNulls(object input) => JsonSerializer.SerializeToNode(input, Sparse)!.AsObject();
}
