namespace Plumbline.Contracts.Projects;

/// <summary>A project's redaction rules, for content that does not come as telemetry. Whoever writes content that people or programs bring
/// passes it through here first.</summary>
public interface IContentRedactor
{
    /// <summary>The rules as they are now.</summary>
    ValueTask<IContentRules> ForAsync(ProjectKey project, CancellationToken cancellationToken);
}
