using System.Collections.Immutable;

namespace Plumbline.Contracts.Prompts;

/// <summary>Turns content and inputs into the messages that a model gets.</summary>
public interface IPromptTemplates
{
    /// <summary>The name, if it is one of a prompt.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    string RequireName(string name);

    /// <summary>Checks content as it would be on save, and returns it with defaults filled in and line ends as \n.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT, with message, line and column of every mistake.</exception>
    PromptContent Require(PromptContent content);

    /// <summary>Checks the inputs against the variables and renders the messages.</summary>
    /// <param name="content">Content that has been checked.</param>
    /// <param name="inputsJson">A JSON object of values by variable name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT, naming every variable that is wrong, or saying that the messages become too
    /// long or take too many steps.</exception>
    ImmutableArray<RenderedMessage> Render(PromptContent content, string inputsJson, CancellationToken cancellationToken);
}

/// <summary>A message ready to send.</summary>
/// <param name="Role">system, user, assistant or tool.</param>
[GenerateSerializer, Alias("RenderedMessage"), Immutable]
public sealed record RenderedMessage([property: Id(0)] string Role, [property: Id(1)] ImmutableArray<RenderedPart> Parts)
{
    /// <summary>The text parts, joined.</summary>
    public string Text => string.Concat(Parts.Select(p => p.Text));
}

/// <summary>A part of a message: text, or the address of an image; one of the two is null.</summary>
[GenerateSerializer, Alias("RenderedPart"), Immutable]
public sealed record RenderedPart([property: Id(0)] string? Text, [property: Id(1)] string? ImageUrl);
