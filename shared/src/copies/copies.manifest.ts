export const auditActions = ['member.copied'] as const;
