using System.Globalization;
using System.Text.Json;

namespace Plumbline.GraphQL.Execution;

/// <summary>Writes errors. https://spec.graphql.org/September2025/#sec-Errors</summary>
internal static class ErrorWriter
{
    public static void Write(IReadOnlyList<GraphQLError> errors, ResultWriter writer)
    {
        writer.WriteByte((byte)'[');
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0) writer.WriteByte((byte)',');
            Write(errors[i], writer);
        }
        writer.WriteByte((byte)']');
    }

    /// <summary>A whole answer that consists of errors alone.</summary>
    public static void WriteAnswer(IReadOnlyList<GraphQLError> errors, ResultWriter writer, ReadOnlySpan<byte> extensions = default)
    {
        writer.WriteRaw("{\"errors\":"u8);
        Write(errors, writer);
        if (!extensions.IsEmpty)
        {
            writer.WriteRaw(",\"extensions\":"u8);
            writer.WriteRaw(extensions);
        }
        writer.WriteByte((byte)'}');
    }

    private static void Write(GraphQLError error, ResultWriter writer)
    {
        writer.WriteRaw("{\"message\":"u8);
        writer.WriteString(error.Message);
        if (error.Locations.Count > 0) WriteLocations(error.Locations, writer);
        if (error.Path is { } path) WritePath(path, writer);
        writer.WriteRaw(",\"extensions\":{\"code\":"u8);
        writer.WriteString(error.Code);
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>())
        {
            writer.WriteByte((byte)',');
            writer.WriteString(name);
            writer.WriteByte((byte)':');
            WriteValue(value, writer);
        }
        writer.WriteRaw("}}"u8);
    }

    private static void WriteLocations(IReadOnlyList<SourceLocation> locations, ResultWriter writer)
    {
        writer.WriteRaw(",\"locations\":["u8);
        for (var i = 0; i < locations.Count; i++)
        {
            writer.WriteRaw(i > 0 ? ",{\"line\":"u8 : "{\"line\":"u8);
            writer.WriteInt64(locations[i].Line);
            writer.WriteRaw(",\"column\":"u8);
            writer.WriteInt64(locations[i].Column);
            writer.WriteByte((byte)'}');
        }
        writer.WriteByte((byte)']');
    }

    private static void WritePath(IReadOnlyList<object> path, ResultWriter writer)
    {
        writer.WriteRaw(",\"path\":["u8);
        for (var i = 0; i < path.Count; i++)
        {
            if (i > 0) writer.WriteByte((byte)',');
            WriteValue(path[i], writer);
        }
        writer.WriteByte((byte)']');
    }

    private static void WriteValue(object? value, ResultWriter writer)
    {
        switch (value)
        {
            case null: writer.WriteNull(); break;
            case string text: writer.WriteString(text); break;
            case bool flag: writer.WriteBoolean(flag); break;
            case int or long: writer.WriteInt64(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: writer.WriteDouble(number); break;
            case RawJson raw: writer.WriteRawJson(raw.Utf8.Span); break;
            default: writer.WriteRaw(JsonSerializer.SerializeToUtf8Bytes(value)); break;
        }
    }
}
