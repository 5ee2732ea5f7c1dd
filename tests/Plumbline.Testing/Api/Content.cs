namespace Plumbline.Testing.Api;

/// <summary>Contents of prompts.</summary>
public static class Content
{
    /// <summary>One message of the user.</summary>
    public static object Saying(string template) => new { messages = new[] { new { role = "USER", template } } };

    /// <summary>One message of the user, for a model.</summary>
    public static object Saying(string template, string model) => new { messages = new[] { new { role = "USER", template } }, model };

    /// <summary>Says what it is given as <c>q</c>, to the model that says it again.</summary>
    public static object Echo { get; } = new
    {
        messages = new[] { new { role = "USER", template = "{{q}}" } },
        variables = new[] { new { name = "q", type = "STRING" } },
        model = "demo-echo",
    };
}
