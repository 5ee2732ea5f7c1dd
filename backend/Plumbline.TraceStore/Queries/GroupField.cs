namespace Plumbline.TraceStore;

/// <summary>Fields whose values can be counted and grouped by.</summary>
public enum GroupField : byte
{
    Name,
    Kind,
    Model,
    Provider,
    Environment,
    User,
    Session,
    Tag,
    Status,
    Tool,
    Prompt,

    /// <summary><c>name@version</c> of a prompt.</summary>
    PromptVersion,
    Service,
}
