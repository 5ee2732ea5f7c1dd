using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.GraphQL.Transport;

/// <summary>Automatic persisted queries: a client sends a document's SHA-256, and the document itself only when the server does not know it.
/// https://www.apollographql.com/docs/apollo-server/performance/apq</summary>
internal sealed class PersistedQueries(int maxEntries, int maxBytes)
{
    private readonly Lock _gate = new();
    private Dictionary<string, ReadOnlyMemory<byte>> _young = new(StringComparer.Ordinal);
    private Dictionary<string, ReadOnlyMemory<byte>> _old = new(StringComparer.Ordinal);
    private int _youngBytes;

    /// <summary>The document a request stands for.</summary>
    /// <exception cref="BadRequestException">No document, an unknown hash, or a hash that is not the document's.</exception>
    public ReadOnlyMemory<byte> Resolve(GraphQLRequest request)
    {
        if (Hash(request.Extensions) is not { } hash) return request.Query ?? throw BadRequestException.Of("The request holds no \"query\".");
        if (request.Query is not { } text) return Find(hash) ?? throw Unknown();
        if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(text.Span)), hash, StringComparison.OrdinalIgnoreCase))
            throw BadRequestException.Of("provided sha does not match query");
        Keep(hash, text);
        return text;
    }

    private static string? Hash(JsonElement extensions)
    {
        if (extensions.ValueKind != JsonValueKind.Object || !extensions.TryGetProperty("persistedQuery", out var persisted)) return null;
        if (persisted.ValueKind == JsonValueKind.Object && persisted.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String)
            return hash.GetString()!.ToLowerInvariant();
        throw BadRequestException.Of("extensions.persistedQuery must hold sha256Hash.");
    }

    // Clients look for this very message and code and then send the document.
    private static BadRequestException Unknown() => new(200, new GraphQLError(ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound"));

    private ReadOnlyMemory<byte>? Find(string hash)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(hash, out var text)) return text;
            if (!_old.TryGetValue(hash, out text)) return null;
            Store(hash, text);
            return text;
        }
    }

    private void Keep(string hash, ReadOnlyMemory<byte> text)
    {
        lock (_gate) Store(hash, text);
    }

    private void Store(string hash, ReadOnlyMemory<byte> text)
    {
        if (!_young.TryAdd(hash, text)) return;
        _youngBytes += text.Length;
        if (_young.Count <= maxEntries / 2 && _youngBytes <= maxBytes / 2) return;
        _old = _young;
        _young = new(StringComparer.Ordinal);
        _youngBytes = 0;
    }
}
