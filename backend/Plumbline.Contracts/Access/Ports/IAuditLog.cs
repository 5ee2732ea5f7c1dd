namespace Plumbline.Contracts.Access;

/// <summary>Writes down who did what. The entry is on disk when the task completes.</summary>
public interface IAuditLog
{
    ValueTask AppendAsync(string organization, AuditEntry entry, CancellationToken cancellationToken);
}
