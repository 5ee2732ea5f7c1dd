namespace Plumbline.GraphQL;

/// <summary>One entry of a response's <c>errors</c>.</summary>
/// <param name="Code">Goes into <c>extensions.code</c>.</param>
/// <param name="Message">A sentence fit for users.</param>
public sealed record GraphQLError(string Code, string Message)
{
    /// <summary>Where in the document, 1-based, columns in UTF-16 units.</summary>
    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>Response keys (string) and list positions (int) that lead to the field, or null when no field is to blame.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>Further members of <c>extensions</c>; values are strings, numbers, booleans or <see cref="RawJson"/>.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>The validation rule that was broken, for tests and tools; not part of the answer.</summary>
    internal string? Rule { get; init; }
}

/// <summary>A place in a document, both 1-based; the column counts UTF-16 units.</summary>
public readonly record struct SourceLocation(int Line, int Column);
