using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Contracts.Projects;

/// <summary>A project's redaction rules, for content that does not come as telemetry. Whoever writes content that people or programs bring
/// passes it through here first.</summary>
public interface IContentRedactor
{
    /// <summary>The rules as they are now.</summary>
    ValueTask<IContentRules> ForAsync(ProjectKey project, CancellationToken cancellationToken);
}

/// <summary>Redaction rules ready for use. What they find nothing in stays as it is to the letter.</summary>
public interface IContentRules
{
    /// <summary>A text without what the rules take out; JSON in it stays JSON.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    string? Text(string? text);

    /// <summary>A JSON value of any kind without what the rules take out; it is still JSON afterwards.</summary>
    [return: NotNullIfNotNull(nameof(json))]
    string? Json(string? json);
}
