using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Plumbline.GraphQL.Transport;

/// <summary>Reads requests from bodies and query strings.</summary>
internal static class RequestReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a POST.</summary>
    /// <exception cref="BadRequestException">It is no GraphQL request.</exception>
    public static async ValueTask<GraphQLRequest> FromBodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType))
            throw BadRequestException.Of("Send the request with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await ReadAsync(reader, cancellationToken);
            if (read.Buffer.Length > maxBytes)
                throw new BadRequestException(
                    StatusCodes.Status413PayloadTooLarge,
                    new GraphQLError(ErrorCodes.PayloadTooLarge, $"The request body is larger than {maxBytes} bytes."));
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return FromJson(read.Buffer);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    // What comes too slowly, is broken off or is no HTTP is the sender's to put right.
    private static async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (IOException broken)
        {
            var status = broken is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
            throw BadRequestException.Of($"The body did not arrive: {broken.Message}", status);
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is null || !Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        var charset = type.Charset.HasValue ? type.Charset.Value!.Trim('"') : "utf-8";
        return type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    public static GraphQLRequest FromJson(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            return Read(ref reader);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            throw BadRequestException.Of("The request body is not valid JSON.");
        }
    }

    private static GraphQLRequest Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray) throw BadRequestException.Of("Batches are not supported; send one request at a time.");
        if (reader.TokenType != JsonTokenType.StartObject) throw BadRequestException.Of("The request body must be a JSON object with \"query\".");
        var request = new GraphQLRequest();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8)) request.Query = ReadQuery(ref reader);
            else if (reader.ValueTextEquals("operationName"u8)) request.OperationName = ReadText(ref reader, "operationName");
            else if (reader.ValueTextEquals("variables"u8)) request.Variables = ReadObject(ref reader, "variables");
            else if (reader.ValueTextEquals("extensions"u8)) request.Extensions = ReadObject(ref reader, "extensions");
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        while (reader.Read()) { }
        return request;
    }

    private static ReadOnlyMemory<byte>? ReadQuery(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw BadRequestException.Of("\"query\" must be a string.");
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var text = new byte[length];
        return text.AsMemory(0, reader.CopyString(text));
    }

    private static string? ReadText(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => reader.GetString() is { Length: > 0 } text ? text : null,
            _ => throw BadRequestException.Of($"\"{name}\" must be a string."),
        };
    }

    private static JsonElement ReadObject(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.StartObject) throw BadRequestException.Of($"\"{name}\" must be an object.");
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Reads a GET.</summary>
    /// <exception cref="BadRequestException">It is no GraphQL request.</exception>
    public static GraphQLRequest FromQueryString(IQueryCollection query) => new()
    {
        Query = query["query"] is [{ } text] ? Encoding.UTF8.GetBytes(text) : (ReadOnlyMemory<byte>?)null,
        OperationName = query["operationName"] is [{ Length: > 0 } name] ? name : null,
        Variables = Parse(query["variables"], "variables"),
        Extensions = Parse(query["extensions"], "extensions"),
    };

    private static JsonElement Parse(Microsoft.Extensions.Primitives.StringValues values, string name)
    {
        if (values is not [{ Length: > 0 } text]) return default;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
            var value = JsonElement.ParseValue(ref reader);
            if (value.ValueKind == JsonValueKind.Null) return default;
            return value.ValueKind == JsonValueKind.Object ? value : throw BadRequestException.Of($"\"{name}\" must be a JSON object.");
        }
        catch (JsonException)
        {
            throw BadRequestException.Of($"\"{name}\" is not valid JSON.");
        }
    }
}
