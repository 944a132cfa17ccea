package access

import "diwan/modules/kernel"

// stepWords says what an event decided.
func stepWords(eventType string) kernel.Text {
	switch eventType {
	case PersonRegistered{}.EventType():
		return kernel.Text{Ar: "تسجيل", En: "Registered"}
	case PersonRenamed{}.EventType():
		return kernel.Text{Ar: "تغيير الاسم أو المسمى", En: "Name or title changed"}
	case PersonSuspended{}.EventType():
		return kernel.Text{Ar: "إيقاف", En: "Suspended"}
	case PersonReinstated{}.EventType():
		return kernel.Text{Ar: "رفع الإيقاف", En: "Reinstated"}
	case PersonLeft{}.EventType():
		return kernel.Text{Ar: "انتهاء الخدمة", En: "Left"}
	case ClearanceGiven{}.EventType():
		return kernel.Text{Ar: "منح درجة اطلاع", En: "Clearance given"}
	case RoleGranted{}.EventType():
		return kernel.Text{Ar: "منح دور", En: "Role granted"}
	case GrantEnded{}.EventType():
		return kernel.Text{Ar: "إنهاء منح", En: "Grant ended"}
	case DelegationGiven{}.EventType():
		return kernel.Text{Ar: "تفويض", En: "Delegated"}
	case DelegationReceived{}.EventType():
		return kernel.Text{Ar: "تلقي تفويض", En: "Delegation received"}
	case DelegationWithdrawn{}.EventType():
		return kernel.Text{Ar: "سحب تفويض", En: "Delegation withdrawn"}
	case ServiceOpened{}.EventType():
		return kernel.Text{Ar: "فتح حساب نظام", En: "Service account opened"}
	case ServiceKeyReplaced{}.EventType():
		return kernel.Text{Ar: "تبديل مفتاح", En: "Key replaced"}
	case RoleDefined{}.EventType():
		return kernel.Text{Ar: "تعريف الدور", En: "Role defined"}
	case RoleRetitled{}.EventType():
		return kernel.Text{Ar: "تغيير مسمى الدور", En: "Role retitled"}
	case RoleSet{}.EventType():
		return kernel.Text{Ar: "تحديد صلاحيات الدور", En: "Permissions set"}
	case RoleHeld{}.EventType():
		return kernel.Text{Ar: "منح الدور", En: "Granted"}
	case RoleLeft{}.EventType():
		return kernel.Text{Ar: "إنهاء المنح", En: "Grant ended"}
	case RolesSeparated{}.EventType():
		return kernel.Text{Ar: "فصل بين دورين", En: "Roles separated"}
	case RolesJoined{}.EventType():
		return kernel.Text{Ar: "رفع الفصل بين دورين", En: "Roles may meet again"}
	case ObjectClassified{}.EventType():
		return kernel.Text{Ar: "تحديد درجة السرية", En: "Classified"}
	case ReaderNamed{}.EventType():
		return kernel.Text{Ar: "تسمية مطلع", En: "Reader named"}
	case ReaderStruck{}.EventType():
		return kernel.Text{Ar: "شطب مطلع", En: "Reader struck off"}
	case EmergencyAsked{}.EventType():
		return kernel.Text{Ar: "طلب اطلاع طارئ", En: "Emergency asked for"}
	case EmergencyAgreed{}.EventType():
		return kernel.Text{Ar: "موافقة الشخص الثاني", En: "Second person agreed"}
	case EmergencyObjected{}.EventType():
		return kernel.Text{Ar: "اعتراض الشخص الثاني", En: "Second person objected"}
	case EmergencyUnanswered{}.EventType():
		return kernel.Text{Ar: "لم يُبتّ فيه في موعده", En: "Not answered in time"}
	}
	return kernel.Text{Ar: eventType, En: eventType}
}
