using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Contracts.Projects;

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
